//! The differences between two versions, line by line, with some lines of context.

use crate::review::rendered::{ChangeKind, ChangedLine, Changes, Hunk};
use similar::{Algorithm, ChangeTag, TextDiff};
use std::time::Duration;

/// The number of unchanged lines around a change.
const AROUND: usize = 3;
/// The most lines of changes that are shown.
const LINES_MAX: usize = 4_000;
/// The time limit for finding the shortest difference; after that a longer one is used.
const LOOK_FOR: Duration = Duration::from_millis(250);

/// Computes the changes from `old` to `new`.
pub(crate) fn changes(old: &str, new: &str) -> Changes {
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(LOOK_FOR).diff_lines(old, new);
    let mut all = Changes::default();
    let mut shown = 0;
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Insert => all.added += 1,
            ChangeTag::Delete => all.removed += 1,
            ChangeTag::Equal => {}
        }
    }
    for group in diff.grouped_ops(AROUND) {
        if shown >= LINES_MAX {
            all.more = true;
            break;
        }
        let lines: Vec<_> = group.iter().flat_map(|op| diff.iter_changes(op)).map(changed).collect();
        let line = lines.iter().find(|line| line.kind != ChangeKind::Removed).map_or(1, |line| line.number);
        let kept = lines.len().min(LINES_MAX - shown);
        all.more |= kept < lines.len();
        shown += kept;
        all.hunks.push(Hunk { line, lines: lines.into_iter().take(kept).collect() });
    }
    all
}

fn changed(change: similar::Change<&str>) -> ChangedLine {
    let (kind, index) = match change.tag() {
        ChangeTag::Equal => (ChangeKind::Kept, change.new_index()),
        ChangeTag::Insert => (ChangeKind::Added, change.new_index()),
        ChangeTag::Delete => (ChangeKind::Removed, change.old_index()),
    };
    let text = change.value().trim_end_matches(['\n', '\r']).to_owned();
    ChangedLine { kind, number: index.unwrap_or_default() + 1, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_came_and_went_stand_between_their_neighbours() {
        let old = "a\nb\nc\nd\ne\nf\n";
        let new = "a\nb\nc\nD\ne\nf\n";
        let found = changes(old, new);
        assert_eq!((found.added, found.removed, found.hunks.len(), found.more), (1, 1, 1, false));
        let lines: Vec<_> = found.hunks[0].lines.iter().map(|line| (line.kind, line.number, line.text.as_str())).collect();
        assert_eq!(
            lines[..4],
            [(ChangeKind::Kept, 1, "a"), (ChangeKind::Kept, 2, "b"), (ChangeKind::Kept, 3, "c"), (ChangeKind::Removed, 4, "d")]
        );
        assert_eq!(lines[4], (ChangeKind::Added, 4, "D"));
    }

    #[test]
    fn far_changes_are_apart() {
        let old: Vec<_> = (0..100).map(|n| n.to_string()).collect();
        let mut new = old.clone();
        new[10] = "ten".into();
        new[90] = "ninety".into();
        let found = changes(&old.join("\n"), &new.join("\n"));
        assert_eq!(found.hunks.iter().map(|hunk| hunk.line).collect::<Vec<_>>(), [8, 88]);
    }

    #[test]
    fn the_same_is_no_change_and_much_is_cut() {
        assert_eq!(changes("a\n", "a\n"), Changes::default());
        let found = changes("", &"x\n".repeat(9_000));
        assert_eq!((found.added, found.more, found.hunks[0].lines.len()), (9_000, true, LINES_MAX));
    }
}
