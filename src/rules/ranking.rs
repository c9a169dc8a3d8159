//! Places on a leaderboard.

/// The rank of each of these points, which are sorted from most to fewest: equal points share a rank and the next rank is
/// skipped (1, 1, 3; "standard competition ranking").
pub fn ranks(points: &[i64]) -> Vec<u32> {
    let mut ranks = Vec::with_capacity(points.len());
    for (index, own) in points.iter().enumerate() {
        let rank = match index.checked_sub(1) {
            Some(above) if points[above] == *own => ranks[above],
            _ => index as u32 + 1,
        };
        ranks.push(rank);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_points_share_a_rank() {
        assert_eq!(ranks(&[]), []);
        assert_eq!(ranks(&[30, 30, 20, 10, 10, 10, 0]), [1, 1, 3, 4, 4, 4, 7]);
    }

    proptest! {
        #[test]
        fn a_rank_is_one_more_than_the_number_of_those_ahead(mut points in prop::collection::vec(-5i64..20, 0..40)) {
            points.sort_unstable_by(|a, b| b.cmp(a));
            let expected: Vec<u32> = points
                .iter()
                .map(|own| points.iter().filter(|other| *other > own).count() as u32 + 1)
                .collect();
            prop_assert_eq!(ranks(&points), expected);
        }
    }
}
