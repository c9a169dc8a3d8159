//! Sums by question, while a query is matched against a bank.

/// How much a question is about what is searched for, and how much of that it covers at all; both from 0 to 1.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Said {
    pub about: f32,
    pub covered: f32,
}

/// Sums for a few of many questions.
pub struct Sums {
    sums: Vec<Said>,
    touched: Vec<u32>,
}

impl Sums {
    pub fn new(questions: usize) -> Self {
        Self {
            sums: vec![Said::default(); questions],
            touched: Vec::new(),
        }
    }

    fn at(&mut self, question: usize) -> &mut Said {
        let sum = &mut self.sums[question];
        if *sum == Said::default() {
            self.touched.push(question as u32);
        }
        sum
    }

    pub fn add(&mut self, question: usize, said: Said) {
        let sum = self.at(question);
        sum.about += said.about;
        sum.covered += said.covered;
    }

    pub fn raise(&mut self, question: usize, said: Said) {
        let highest = self.at(question);
        if said.about > highest.about {
            *highest = said;
        }
    }

    /// Every question with its sum, which then starts again from zero.
    pub fn drain(&mut self) -> impl Iterator<Item = (usize, Said)> + '_ {
        let Self { sums, touched } = self;
        touched.drain(..).map(|question| {
            let question = question as usize;
            (question, std::mem::take(&mut sums[question]))
        })
    }
}
