//! The ratios as bars: one panel for each format, on the workload M.

use std::fmt::Write;

use super::{FORMATS, Figures};

const WIDTH: f64 = 720.0;
const LEFT: f64 = 120.0;
const ROW: f64 = 22.0;
const OURS: &str = "#c2410c";
const OTHERS: &str = "#64748b";

pub(super) fn ratios(results: &[Figures]) -> String {
    let all: Vec<&Figures> = results.iter().filter(|result| result.workload == "M").collect();
    let longest = all.iter().map(|result| result.ratio[1]).fold(1.0, f64::max);
    let scale = (WIDTH - LEFT - 70.0) / longest;
    let mut bars = String::new();
    let mut y = 34.0;
    for format in FORMATS {
        let _ = writeln!(
            bars,
            "<text x=\"8\" y=\"{:.0}\" font-weight=\"bold\">{}</text>",
            y + 14.0,
            format.to_uppercase()
        );
        y += ROW;
        for result in all.iter().filter(|result| result.format == format) {
            let [low, median, high] = result.ratio.map(|ratio| ratio * scale);
            let fill = if result.contender == "superconfig" { OURS } else { OTHERS };
            let _ = writeln!(
                bars,
                "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
                 <rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{median:.1}\" height=\"14\" fill=\"{fill}\"/>\
                 <path d=\"M{:.1} {:.1}H{:.1}\" stroke=\"#111\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\">{:.2}</text>",
                LEFT - 6.0,
                y + 12.0,
                result.contender,
                y,
                LEFT + low,
                y + 7.0,
                LEFT + high,
                LEFT + high + 6.0,
                y + 12.0,
                result.ratio[1],
            );
            y += ROW;
        }
        y += 8.0;
    }
    let unit = LEFT + scale;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y:.0}\" \
         font-family=\"sans-serif\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"8\" y=\"18\">Time to load M (80 settings, 3 files, 150 variables), by that of \
         hand-written code in TOML; less is better</text>\n\
         {bars}<path d=\"M{unit:.1} 30V{:.0}\" stroke=\"#111\" stroke-dasharray=\"3 3\"/>\n</svg>\n",
        y - 8.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contender_has_a_bar_and_ours_stands_out() {
        let result = |contender: &str, ratio| Figures {
            contender: contender.to_owned(),
            format: "toml",
            workload: "M",
            ratio: [ratio; 3],
            ..Figures::default()
        };
        let svg = ratios(&[result("superconfig", 0.5), result("peer", 2.0)]);
        assert_eq!(svg.matches("height=\"14\"").count(), 2);
        assert_eq!(svg.matches(OURS).count(), 1);
    }
}
