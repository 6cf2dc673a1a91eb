//! The paging of gigiac's lists: `limit` and `offset`, or `page` and `per_page`.

use market::id::JobId;
use market::page::Part;
use market::{Error, Result};
use serde::Deserialize;
use utoipa::IntoParams;

/// The part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(super) struct PageParams {
    /// The largest number of items to return, 1 to 100; 20 if it is left out
    limit: Option<i64>,
    /// The number of items to skip
    offset: Option<i64>,
    /// The number of the page, from 1; instead of `offset`
    page: Option<i64>,
    /// The number of items on a page, 1 to 100; instead of `limit`
    per_page: Option<i64>,
    /// The id of the last item you have; the list goes on after it. Instead of `offset`
    starting_after: Option<String>,
}

impl PageParams {
    /// Returns the checked part.
    pub(super) fn part(self) -> Result<Part> {
        let Self { limit, offset, page, per_page, starting_after } = self;
        // A task is known by its id in any of its forms.
        let starting_after = starting_after.map(|id| JobId::parse(&id).map_or(id, |job| job.0));
        if page.is_none() && per_page.is_none() {
            return Part::new(limit, offset, starting_after);
        }
        if limit.is_some() || offset.is_some() || starting_after.is_some() {
            return Err(Error::field("page", "Use page and per_page, or limit and offset, not both."));
        }
        let (page, size) = (page.unwrap_or(1), per_page.unwrap_or(market::page::LIMIT_USUAL));
        if page < 1 {
            return Err(Error::field("page", "It must be 1 or more."));
        }
        let renamed = |error: Error| {
            let name = |name: &str| if name == "limit" { "per_page" } else { "page" };
            Error::fields(error.fields.into_iter().map(|field| market::error::Field { name: name(&field.name).into(), ..field }).collect())
        };
        Part::new(Some(size), Some((page - 1).saturating_mul(size.max(1))), None).map_err(renamed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(limit: Option<i64>, offset: Option<i64>, page: Option<i64>, per_page: Option<i64>) -> Result<(i64, i64)> {
        let part = PageParams { limit, offset, page, per_page, starting_after: None }.part()?;
        Ok((part.paging.limit, part.paging.offset))
    }

    #[test]
    fn both_ways_name_the_same_part() {
        assert_eq!(part(None, None, None, None), Ok((20, 0)));
        assert_eq!(part(Some(50), Some(100), None, None), part(None, None, Some(3), Some(50)));
        assert_eq!(part(None, None, Some(2), None), Ok((20, 20)));
    }

    #[test]
    fn a_task_is_named_in_any_form() {
        let job = JobId::from("308f8811-0a46-4024-b8ef-514f4dcd857b");
        for (sent, after) in [(job.task_id(), job.0.as_str()), (job.0.clone(), job.0.as_str()), ("prop_1".to_owned(), "prop_1")] {
            let part = PageParams { starting_after: Some(sent), ..PageParams::default() }.part().expect("good");
            assert_eq!(part.after.as_deref(), Some(after));
        }
    }

    #[test]
    fn a_wrong_part_names_the_parameter_that_was_sent() {
        for (page, per_page, field) in [(Some(0), None, "page"), (Some(1), Some(0), "per_page"), (Some(i64::MAX), Some(100), "page")] {
            assert_eq!(part(None, None, page, per_page).expect_err("wrong").fields[0].name, field, "{page:?} {per_page:?}");
        }
        assert_eq!(part(Some(5), None, Some(1), None).expect_err("both").fields[0].name, "page");
    }
}
