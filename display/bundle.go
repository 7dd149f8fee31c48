package display

// A Bundle is one thing to show, in every form it has: the Jupyter MIME
// bundle. It is the one word that all packages of GoBlaze share.
type Bundle struct {
	// Data maps a MIME type to its content: a string for text types
	// (text/plain, text/html, image/svg+xml), []byte for binary ones
	// (image/png), any JSON-encodable value for application/json and
	// application/*+json.
	Data map[string]any `json:"data"`
	// Metadata maps a MIME type to its metadata, nil when there is none.
	Metadata map[string]any `json:"metadata,omitempty"`
	// ID is the display id: a later Bundle with the same ID and Update set
	// replaces this one on the page. Empty when it is never updated.
	ID string `json:"id,omitempty"`
	// Update says that the bundle replaces the one shown under ID.
	Update bool `json:"update,omitempty"`
}

// Text returns a bundle that holds only text/plain.
func Text(s string) Bundle { return Bundle{Data: map[string]any{"text/plain": s}} }
