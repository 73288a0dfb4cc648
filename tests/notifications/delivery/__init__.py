"""Tests of how messages are composed and delivered."""
