//! Many short texts in little memory.

/// Sorted texts, each by its position.
pub struct Strings {
    text: String,
    /// Where each one ends.
    ends: Vec<u32>,
}

impl Strings {
    /// Keeps texts that are sorted, without duplicates.
    pub fn new<'a>(sorted: impl Iterator<Item = &'a str>) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for one in sorted {
            text.push_str(one);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        text.shrink_to_fit();
        ends.shrink_to_fit();
        Self { text, ends }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The one at a position below [`Strings::len`].
    pub fn get(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[begin as usize..self.ends[at] as usize]
    }

    /// The position of a text.
    pub fn find(&self, wanted: &str) -> Option<usize> {
        let at = self.first_from(wanted);
        (at < self.len() && self.get(at) == wanted).then_some(at)
    }

    /// The positions of the texts that begin with another.
    pub fn beginning_with(&self, beginning: &str) -> impl Iterator<Item = usize> {
        let from = self.first_from(beginning);
        (from..self.len()).take_while(move |at| self.get(*at).starts_with(beginning))
    }

    /// The position of the first text that doesn't come before this one.
    fn first_from(&self, wanted: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle) < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
