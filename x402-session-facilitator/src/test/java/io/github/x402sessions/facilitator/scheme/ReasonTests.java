package io.github.x402sessions.facilitator.scheme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReasonTests {

	@Test
	void everyReasonIsInTheProtocol() throws IOException {
		assertThat(Files.readString(Path.of("../docs/protocol.md")))
			.contains(Arrays.stream(Reason.values()).map((reason) -> "`" + reason.wireName() + "`").toList());
	}

}
