//! Secrets in files that everyone may read.
//!
//! Nearly every file may be read by everyone, and nearly none should say a word about it, so the
//! warning is for files that set a secret, once for each. The fast paths note a secret in passing:
//! looking for its place would take longer than all the rest, and the cure is the file's anyhow.

use std::sync::Arc;

use super::Load;
use crate::error::{Code, Problem};
use crate::origin::Origin;
use crate::schema::Field;
use crate::source::read::HIDE;

impl Load<'_> {
    /// Warns of a file that everyone may read, if it sets this secret.
    pub(super) fn warn_exposed(&mut self, file: &Arc<str>, secret: Option<&'static Field>) {
        let Some(secret) = secret else { return };
        let Some(at) = self.exposed.iter().position(|name| name == file) else { return };
        let file = self.exposed.swap_remove(at);
        self.tell(false, |_| {
            let name = secret.name;
            let message = format!("the file sets the secret `{name}`, and everyone may read it");
            Problem::new(Code::SecretExposed, message)
                .from(Origin::Path(file.to_string().into()))
                .help(HIDE)
        });
    }
}
