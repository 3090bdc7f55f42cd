//! The derive macro of superconfig.
