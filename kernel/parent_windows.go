package kernel

import "golang.org/x/sys/windows"

// parentWatch returns a function that tells whether the parent has ended. On
// Windows JPY_PARENT_PID holds an inherited process handle.
func parentWatch(handle int) func() bool {
	return func() bool {
		event, err := windows.WaitForSingleObject(windows.Handle(handle), 0)
		return err == nil && event == windows.WAIT_OBJECT_0
	}
}
