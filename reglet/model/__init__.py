"""The frozen types that every stage shares; imports nothing else of reglet."""
