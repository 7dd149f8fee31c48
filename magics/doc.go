// Package magics is the table of GoBlaze's % commands, and what runs a cell
// over a session.
//
// Start with Runner.RunCell: it runs the parts that engine/source found in a
// cell, Go through the Evaluator, magics through the table. A magic is one row
// in table.go and one function; %help, %lsmagic, %name -h and completion are
// made from the row.
//
// The session is an interface (Evaluator): the package knows neither the
// engine nor Jupyter.
package magics
