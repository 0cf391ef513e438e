// What can be done with what is stored, on every page that shows some of it.
