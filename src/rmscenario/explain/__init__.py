"""What an answer means: what can never be met, what stands in the way, what the last tonnes cost, what cannot wait.

Each question has a module of its own, imported when it is asked: only some of them need the solver. All return plain
data; the words for it are reporting's.
"""
