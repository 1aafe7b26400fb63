package io.github.x402sessions.servlet.body;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.x402sessions.core.body.BodyStorage;
import io.github.x402sessions.core.body.StoredBody;
import jakarta.servlet.http.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MultipartForm}. That it reads what containers read shows where
 * handlers read it.
 */
class MultipartFormTests {

	private static final String TYPE = "multipart/form-data; boundary=zz";

	private static final String PART = "--zz\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\ntea";

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "", "zz", PART, PART + "\r\n--zz", PART + "--zz--", "--zz\r\nname=q\r\n--zz--",
			"--zz\r\nContent-Disposition: form-data; name=q; filename*=tea\r\n\r\n\r\n--zz--",
			"--zz\r\nContent-Disposition: form-data; name=q; filename*=x''tea\r\n\r\n\r\n--zz--" })
	void whatIsNotWholeIsNoForm(String body) throws Exception {
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
		List<ReadPart> parts = read("before\r\n" + PART + "\r\n--zz-- \r\nafter",
				"multipart/FORM-data; Boundary=\"zz\"");
		assertThat(parts).hasSize(1);
		assertThat(parts.get(0).getInputStream()).hasContent("tea");
		parts.get(0).write("tea.txt");
		assertThat(Files.readString(this.folder.resolve("tea.txt"))).isEqualTo("tea");
	}

	/** Its file name would be a deep expression's end. */
	@Test
	void aLongNameIsReadToItsEnd() throws Exception {
		String name = "\\\"x".repeat(2000);
		assertThat(file("filename=\"" + name + "\"")).isEqualTo("\"x".repeat(2000));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			filename*=UTF-8''th%C3%A9%2B+.txt                | thé++.txt
			filename=tea.txt; filename*=ISO-8859-1'en'th%E9  | thé
			FileName = "a;b=c.txt" ; x                       | a;b=c.txt
			filename="C:\\dir\\tea.txt"                        | C:\\dir\\tea.txt
			""")
	void aFileIsKnownByItsName(String parameter, String name) throws Exception {
		assertThat(file(parameter)).isEqualTo(name);
	}

	private String file(String parameter) throws Exception {
		return read("--zz\r\nContent-Disposition: form-data; name=q; " + parameter + "\r\n\r\ntea\r\n--zz--", TYPE)
			.get(0)
			.getSubmittedFileName();
	}

	/** As containers do. */
	@Test
	void aPartWithoutANameIsLeftOut() throws Exception {
		assertThat(read("--zz\r\n\r\ntea\r\n" + PART + "\r\n--zz--", TYPE)).singleElement()
			.extracting(Part::getName)
			.isEqualTo("q");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--zzz", "--zz-", "--zz-\r", "--zz\r", "--zz x", "\r", "--z\r\n--z" })
	void aLineThatOnlyBeginsLikeADelimiterIsContent(String line) throws Exception {
		List<ReadPart> parts = read(PART + "\r\n" + line + "\r\n--zz--", TYPE);
		assertThat(parts).hasSize(1);
		assertThat(parts.get(0).text(StandardCharsets.UTF_8)).isEqualTo("tea\r\n" + line);
	}

	private List<ReadPart> read(String body, String type) throws Exception {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		StoredBody stored = BodyStorage.of(1024 * 1024).receive(new ByteArrayInputStream(bytes), -1);
		return MultipartForm.read(stored, type, StandardCharsets.UTF_8, this.folder.toFile());
	}

}
