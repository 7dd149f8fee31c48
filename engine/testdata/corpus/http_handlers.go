package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
)

type todo struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
	done bool
}

type api struct {
	mu    sync.Mutex
	todos []todo
	mux   *http.ServeMux
}

func newAPI() *api {
	a := &api{mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /todos", a.list)
	a.mux.HandleFunc("POST /todos", a.create)
	a.mux.Handle("GET /todos/{id}", logged(http.HandlerFunc(a.show)))
	return a
}

var hits int

func logged(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits++
		w.Header().Set("X-Hit", fmt.Sprint(hits))
		h.ServeHTTP(w, r)
	})
}

func (a *api) list(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	json.NewEncoder(w).Encode(a.todos)
}

func (a *api) create(w http.ResponseWriter, r *http.Request) {
	var t todo
	if err := json.NewDecoder(r.Body).Decode(&t); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	t.ID, t.done = len(a.todos)+1, true
	a.todos = append(a.todos, t)
	w.WriteHeader(http.StatusCreated)
}

func (a *api) show(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "todo %s", r.PathValue("id"))
}

func main() {
	a := newAPI()
	srv := httptest.NewServer(a.mux)
	post := func(body string) int {
		resp, err := http.Post(srv.URL+"/todos", "application/json", strings.NewReader(body))
		if err != nil {
			fmt.Println(err)
			return 0
		}
		defer resp.Body.Close()
		return resp.StatusCode
	}
	fmt.Println(post(`{"text":"a"}`), post(`{bad`), post(`{"text":"b"}`))
	resp, err := http.Get(srv.URL + "/todos")
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(err, string(body))
	rec := httptest.NewRecorder()
	a.mux.ServeHTTP(rec, httptest.NewRequest("GET", "/todos/42", nil))
	fmt.Println(rec.Code, rec.Body.String(), rec.Header().Get("X-Hit"))
	rec = httptest.NewRecorder()
	a.mux.ServeHTTP(rec, httptest.NewRequest("DELETE", "/todos", nil))
	fmt.Println(rec.Code)
	srv.Close()
	u, _ := url.Parse("http://h/p?q=1&q=2#f")
	fmt.Println(u.Query()["q"], u.Fragment, url.QueryEscape("a b&c"))
}
