module github.com/goblaze/goblaze

go 1.26.0
