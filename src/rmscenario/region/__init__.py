"""The frozen model of a region: what its tables say, checked and in the units used inside."""

from rmscenario.region.region import (
    ROW_TYPES,
    DiscountStep,
    Region,
    Settings,
    boundary_sources,
    report_year,
    table_names,
)

__all__ = ["ROW_TYPES", "DiscountStep", "Region", "Settings", "boundary_sources", "report_year", "table_names"]
