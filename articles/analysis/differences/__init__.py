"""The kinds of divergence, by what they compare: quotations, stances, values."""
