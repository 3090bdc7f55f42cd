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

#[cfg(test)]
mod tests {
    use super::*;

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
}
