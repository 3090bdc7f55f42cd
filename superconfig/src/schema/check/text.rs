//! Texts while compiling.

pub(super) const fn equal(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && starts_with(left, right)
}

const fn starts_with(text: &[u8], start: &[u8]) -> bool {
    if text.len() < start.len() {
        return false;
    }
    let mut at = 0;
    while at < start.len() {
        if text[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether `name` is `part`, or `part` and a `_` and more.
pub(super) const fn begins(name: &[u8], part: &[u8]) -> bool {
    starts_with(name, part) && (name.len() == part.len() || name[part.len()] == b'_')
}

/// A text that is put together while compiling. What does not fit is left out: a name of that
/// length is refused by no rule, and a message of that length is read by nobody.
#[derive(Clone, Copy)]
pub(super) struct Text {
    bytes: [u8; Self::SIZE],
    len: usize,
}

impl Text {
    const SIZE: usize = 512;

    pub(super) const fn new() -> Self {
        Self { bytes: [0; Self::SIZE], len: 0 }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) const fn add(&mut self, text: &str) -> &mut Self {
        self.add_bytes(text.as_bytes())
    }

    pub(super) const fn add_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        let mut at = 0;
        while at < bytes.len() && self.len < Self::SIZE {
            self.bytes[self.len] = bytes[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    /// A key as a part of a variable's name.
    pub(super) const fn add_part(&mut self, key: &str) -> &mut Self {
        let key = key.as_bytes();
        let mut at = 0;
        while at < key.len() {
            let byte = if key[at].is_ascii_alphanumeric() { key[at] } else { b'_' };
            self.add_bytes(&[byte.to_ascii_uppercase()]);
            at += 1;
        }
        self
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        self.bytes.split_at(self.len).0
    }

    #[allow(clippy::panic)] // the way to say something while compiling
    #[track_caller]
    pub(super) const fn panic(&self) -> ! {
        match core::str::from_utf8(self.bytes()) {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("two settings claim the same variable"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "`a.é` claims A_E too")]
    fn a_message_is_told_as_it_was_put_together() {
        Text::new().add("`a.é` claims ").add_part("a-e").add(" too").panic();
    }

    /// Keys may be as long as their author likes, and of letters of several bytes.
    #[test]
    #[should_panic(expected = "two settings claim the same variable")]
    fn a_message_that_is_cut_within_a_letter_is_told_in_short() {
        Text::new().add("`").add(&"é".repeat(Text::SIZE)).panic();
    }
}
