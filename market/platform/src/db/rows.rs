//! Statements that write several rows. They have a text for each of a few numbers of rows, so that all of them stay prepared.

/// The numbers of rows for which there is a text, the largest first.
const COUNTS: [usize; 3] = [16, 4, 1];

/// A statement that writes rows with as many columns each, for any number of them.
#[derive(Debug)]
pub struct ManyRows([String; 3]);

impl ManyRows {
    /// Creates a statement: `head`, which ends with `values`, then the parameters of the rows, `$1` to the last one, then `tail`.
    pub fn new(head: &str, columns: usize, tail: &str) -> Self {
        let row = |row: usize| {
            let places: Vec<_> = (1..=columns).map(|column| format!("${}", columns * row + column)).collect();
            format!("({})", places.join(", "))
        };
        Self(COUNTS.map(|rows| format!("{head} {}{tail}", (0..rows).map(row).collect::<Vec<_>>().join(", "))))
    }

    /// Splits rows into batches, in their order, each with the text that has places for it.
    pub fn batches<'r, T>(&'static self, mut rows: &'r [T]) -> impl Iterator<Item = (&'static str, &'r [T])> {
        std::iter::from_fn(move || {
            let (text, (batch, rest)) =
                COUNTS.iter().zip(&self.0).find_map(|(count, text)| Some((text, rows.split_at_checked(*count)?)))?;
            rows = rest;
            Some((text.as_str(), batch))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    #[test]
    fn rows_are_split_into_few_statements() {
        static PAIRS: LazyLock<ManyRows> = LazyLock::new(|| ManyRows::new("insert into pair (a, b) values", 2, " on conflict do nothing"));
        let rows: Vec<usize> = (0..39).collect();
        let batches: Vec<_> = PAIRS.batches(&rows).collect();
        assert_eq!(batches.iter().map(|(_, batch)| batch.len()).collect::<Vec<_>>(), [16, 16, 4, 1, 1, 1]);
        assert_eq!(batches.iter().flat_map(|(_, batch)| *batch).copied().collect::<Vec<_>>(), rows);
        assert_eq!(batches[5].0, "insert into pair (a, b) values ($1, $2) on conflict do nothing");
        assert!(batches[2].0.ends_with("($5, $6), ($7, $8) on conflict do nothing"), "{}", batches[2].0);
        assert_eq!(PAIRS.batches(&rows[..0]).count(), 0);
    }
}
