"""`voicemock web`: the same interview in a browser, served to one person on this machine."""
