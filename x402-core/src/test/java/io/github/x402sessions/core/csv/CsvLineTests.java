package io.github.x402sessions.core.csv;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvLineTests {

	@Test
	void lineHasAnEmptyCellForWhatIsAbsent() {
		assertThat(CsvLine.of(Stream.of("a", null, 12, "b,c"))).isEqualTo("a,,12,\"b,c\"");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', delimiter = '|',
			value = { "plain|plain", "`a,b`|`\"a,b\"`", "`say \"x\"`|`\"say \"\"x\"\"\"`",
					"`two\nlines`|`\"two\nlines\"`", "=SUM(A1)|'=SUM(A1)", "+1|'+1", "-1|'-1", "@x|'@x", "`\tx`|`'\tx`",
					"https://x/?a;b=1|https://x/?a;b=1", "https://x/?a;=WEBSERVICE(A1)|https://x/?a;'=WEBSERVICE(A1)",
					"`a\t@x`|`a\t'@x`", "`=a,\"b\"`|`\"'=a,\"\"b\"\"\"`", "``|``" })
	void cellIsTextWhateverItHolds(String text, String cell) {
		assertThat(CsvLine.cell(text)).isEqualTo(cell);
	}

}
