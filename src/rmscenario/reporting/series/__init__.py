"""What figures and the report show, as data in the units shown: nothing here draws."""
