//! Text blocks: what stands behind `|` and `>` in lines of its own.
//!
//! Left to the parser are the rare ones: with a number behind `|` or `>`, without a line that says
//! something, with spaces in blank lines that are text, with lines of `>` that are not folded because
//! they are indented further, with a tab at the beginning of a line, and those whose last line the
//! document does not end.

use super::Scanner;
use super::parts::{Kind, part};

impl Scanner<'_> {
    /// A text block, if one begins here. Afterwards the first line behind it comes next.
    pub(super) fn block(&mut self) -> Option<bool> {
        let start = self.text.at;
        let Some(style @ (b'|' | b'>')) = self.text.peek() else { return Some(false) };
        self.text.at += 1;
        if let Some(b'-' | b'+') = self.text.peek() {
            self.text.at += 1;
        }
        if !self.ends()? || !self.text.eat(b'\n') {
            return None;
        }
        let outer = self.open.last()?.column;
        let indent = self.first_line(outer)?;
        loop {
            let line = self.text.at;
            let spaces = self.spaces();
            match self.text.peek() {
                Some(b'\n') if spaces <= indent => self.text.at += 1,
                Some(b'\r') => return None,
                None if spaces == 0 => break,
                _ if spaces < indent => {
                    self.text.at = line;
                    break;
                }
                None | Some(b'\n' | b'\t') => return None,
                Some(_) if style == b'>' && spaces > indent => return None,
                Some(_) => {
                    self.comment();
                    self.text.eat(b'\n').then_some(())?;
                }
            }
        }
        self.parts.push(part(Kind::Block, start, self.text.at));
        Some(true)
    }

    /// The indentation of a block's first line that says something, and so of the block. Nothing is
    /// read.
    fn first_line(&mut self, outer: usize) -> Option<usize> {
        let start = self.text.at;
        let mut blank = 0;
        loop {
            let spaces = self.spaces();
            if !self.text.eat(b'\n') {
                self.text.at = start;
                return (spaces > outer && spaces >= blank).then_some(spaces);
            }
            blank = blank.max(spaces);
        }
    }
}

/// The text of a block, from its `|` or `>` on.
#[cold]
pub(super) fn text(block: &str) -> String {
    let (header, body) = block.split_once('\n').unwrap_or((block, ""));
    let folded = header.starts_with('>');
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = body.lines().find(|line| indent(line) < line.len());
    let indent = first.map_or(0, indent);
    let mut text = String::with_capacity(body.len());
    let mut breaks = 0;
    for line in body.lines() {
        let Some(content) = line.get(indent..).filter(|content| !content.is_empty()) else {
            breaks += 1;
            continue;
        };
        match breaks {
            1 if folded && !text.is_empty() => text.push(' '),
            // The first of several stands for the end of the line before.
            _ if folded && !text.is_empty() => text.extend((1..breaks).map(|_| '\n')),
            _ => text.extend((0..breaks).map(|_| '\n')),
        }
        text.push_str(content);
        breaks = 1;
    }
    let kept = match header.as_bytes().get(1) {
        Some(b'-') => 0,
        Some(b'+') => breaks,
        _ => 1,
    };
    text.extend((0..kept).map(|_| '\n'));
    text
}
