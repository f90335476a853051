"""What the program costs in time, measured on made-up stories: `python -m tests.benchmarks`. No tests."""
