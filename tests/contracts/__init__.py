"""What every engine must answer: the same examples and the same oracle for all of them."""
