"""What somebody with several workbooks asks in a notebook: lists, dates, figures. Runs on a computer only."""
