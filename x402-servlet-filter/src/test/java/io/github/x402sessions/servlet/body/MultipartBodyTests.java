package io.github.x402sessions.servlet.body;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.servlet.http.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MultipartBody}. That it reads what containers read shows where
 * handlers read it.
 */
class MultipartBodyTests {

	private static final String TYPE = "multipart/form-data; boundary=zz";

	private static final String PART = "--zz\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\ntea";

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "", "zz", PART, PART + "\r\n--zz", PART + "--zz--", "--zz\r\n\r\ntea\r\n--zz--",
			"--zz\r\nContent-Disposition: form-data\r\n\r\ntea\r\n--zz--", "--zz\r\nname=q\r\n--zz--",
			PART + "\r\n--zzz\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--zz--" })
	void whatIsNotWholeIsNoForm(String body) {
		assertThatIllegalStateException().isThrownBy(() -> read(body, TYPE)).withMessageContaining("malformed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "multipart/form-data", "multipart/form-data; boundary=",
			"multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=yy" })
	void withoutItsBoundaryThereIsNone(String type) {
		assertThatIllegalStateException().isThrownBy(() -> read(PART + "\r\n--zz--", type));
	}

	@Test
	void whatStandsAroundThePartsIsNoPart() throws Exception {
		List<Part> parts = read("before\r\n" + PART + "\r\n--zz-- \r\nafter", "multipart/FORM-data; Boundary=\"zz\"");
		assertThat(parts).hasSize(1);
		assertThat(parts.get(0).getInputStream()).hasContent("tea");
		parts.get(0).write("tea.txt");
		assertThat(Files.readString(this.folder.resolve("tea.txt"))).isEqualTo("tea");
	}

	private List<Part> read(String body, String type) {
		return MultipartBody.read(body.getBytes(StandardCharsets.UTF_8), type, StandardCharsets.UTF_8,
				this.folder.toFile());
	}

}
