package io.github.x402sessions.core.challenge;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptHeaderTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | 1000 | 800
			text/html                                           | 1000 |    0
			*/*                                                 | 1000 | 1000
			``                                                  |    0 |    0
			application/json, text/html                         | 1000 | 1000
			application/json, text/html;q=0.9                   |  900 | 1000
			text/*;q=0.5, */*;q=0.1                             |  500 |  100
			text/*, text/html;q=0, application/*;q=0.25         |    0 |  250
			TEXT/HTML ; Q=0.001 , application/json;q=1.000      |    1 | 1000
			text/html;charset=utf-8;q=0.7                       |  700 |    0
			text/html;q=2, text/html;q=x, text/html;q=-1        |    0 |    0
			;;;,,;q=1,text/html;q=0.4,*                         |  400 |    0
			garbage, ;;;, /, q=1, text/html;q=0.3               |  300 |    0
			""")
	void theMostSpecificRangeHasTheSay(String header, int html, int json) {
		AcceptHeader accept = AcceptHeader.parse(header);
		assertThat(accept.quality("text", "html")).isEqualTo(html);
		assertThat(accept.quality("application", "json")).isEqualTo(json);
	}

}
