//! Runs of bytes, which is what most of a text is: several bytes at a time.

/// Where the run of spaces ends that begins at `from`.
#[cfg(any(feature = "json", feature = "yaml"))]
#[inline]
pub(super) fn spaces(bytes: &[u8], from: usize) -> usize {
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let other = u64::from_le_bytes(*eight) ^ SPACES;
        if other != 0 {
            return at + (other.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    at
}

/// Where the run of bytes of a class ends that begins at `from`. `classes` has a bit for each class
/// that a byte is of.
#[cfg(any(feature = "toml", feature = "yaml"))]
#[inline]
pub(super) fn run(bytes: &[u8], from: usize, classes: &[u8; 256], class: u8) -> usize {
    let is_in = |byte: u8| classes[usize::from(byte)] & class != 0;
    let mut at = from;
    while let Some(&[a, b, c, d]) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if !is_in(a) {
            return at;
        }
        if !is_in(b) {
            return at + 1;
        }
        if !is_in(c) {
            return at + 2;
        }
        if !is_in(d) {
            return at + 3;
        }
        at += 4;
    }
    while bytes.get(at).is_some_and(|byte| is_in(*byte)) {
        at += 1;
    }
    at
}

/// A place in a text, which a scanner goes through byte by byte.
#[cfg(any(feature = "toml", feature = "yaml"))]
pub(super) struct Cursor<'t> {
    /// The text.
    pub(super) bytes: &'t [u8],
    /// The place of the byte that comes next.
    pub(super) at: usize,
}

#[cfg(any(feature = "toml", feature = "yaml"))]
impl<'t> Cursor<'t> {
    /// The beginning of a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }

    /// The byte that comes next.
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The byte behind that.
    #[inline]
    pub(super) fn second(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    /// Goes behind the byte that comes next, if it is this one; says whether it was.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes to the end of the [run](run) that begins here.
    #[inline]
    pub(super) fn run(&mut self, classes: &[u8; 256], class: u8) {
        self.at = run(self.bytes, self.at, classes, class);
    }
}

/// Where the next quote, backslash or control character (below U+0020) is, from `from` on.
#[cfg(feature = "json")]
#[inline]
pub(super) fn quoted(bytes: &[u8], from: usize) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    // The high bit of each byte below `limit`, at most 128; of others too, but only behind such a one.
    let below = |eight: u64, limit: u64| eight.wrapping_sub(ONES * limit) & !eight & HIGH;
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let quote = below(eight ^ (ONES * u64::from(b'"')), 1);
        let backslash = below(eight ^ (ONES * u64::from(b'\\')), 1);
        let found = quote | backslash | below(eight, 0x20);
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(any(feature = "toml", feature = "yaml"))]
    #[test]
    fn a_run_ends_where_it_should_whatever_its_length() {
        let mut classes = [2; 256];
        classes[usize::from(b'x')] |= 1;
        for from in 0..4 {
            for length in 0..20 {
                let mut text = "..".repeat(from) + &"x".repeat(length);
                assert_eq!(run(text.as_bytes(), from * 2, &classes, 1), from * 2 + length);
                text.push_str("-xxxxxxxxxxxx");
                assert_eq!(run(text.as_bytes(), from * 2, &classes, 1), from * 2 + length);
                #[cfg(any(feature = "json", feature = "yaml"))]
                {
                    let text = text.replace('x', " ");
                    assert_eq!(spaces(text.as_bytes(), from * 2), from * 2 + length);
                    let text = " ".repeat(length);
                    assert_eq!(spaces(text.as_bytes(), from.min(length)), length);
                }
            }
        }
        assert_eq!(run(b"", 1, &classes, 1), 1, "beyond the end there is nothing");
    }

    #[cfg(feature = "json")]
    #[test]
    fn a_string_ends_at_the_first_byte_that_says_something() {
        let says = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        // Each byte beside each of those that the arithmetic could take for another.
        for first in 0..=255 {
            for second in [0, 0x1f, 0x20, b'"', b'#', b'!', b'\\', b']', 0x7f, 0x80, 0xff] {
                for at in 0..18 {
                    let mut text = vec![b'x'; 19];
                    (text[at], text[at + 1]) = (first, second);
                    let end = text.iter().position(|byte| says(*byte)).unwrap_or(text.len());
                    assert_eq!(quoted(&text, 0), end, "{text:?}");
                    assert_eq!(quoted(&text[..at], 0), at, "{text:?}");
                }
            }
        }
        assert_eq!(quoted(b"", 1), 1, "beyond the end there is nothing");
    }
}
