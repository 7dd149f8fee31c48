//go:build !linux

package vectorizer

func readCgroupLimit() int { return 0 }
