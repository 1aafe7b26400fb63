package io.github.x402sessions.servlet.body;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.body.RefusedBodyException.Reason;
import io.github.x402sessions.core.body.StoredBody;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a body of the type {@code multipart/form-data} (RFC 7578). What they
 * hold stays where the body is.
 */
final class MultipartForm {

	/** How many parts there may be, as on Tomcat. */
	static final int MAX_PARTS = 50;

	private final StoredBody body;

	private final Charset charset;

	private final @Nullable File folder;

	private MultipartForm(StoredBody body, Charset charset, @Nullable File folder) {
		this.body = body;
		this.charset = charset;
		this.folder = folder;
	}

	/**
	 * Read the parts. Those without a name are left out.
	 * @param charset what names are in
	 * @param folder where parts are written to; {@code null} for where the process runs
	 * @throws RefusedBodyException if the body is malformed, or there are too many
	 */
	static List<ReadPart> read(StoredBody body, String contentType, Charset charset, @Nullable File folder)
			throws IOException {
		String boundary = HeaderParameters.of(contentType).get("boundary");
		if (boundary == null || boundary.isEmpty()) {
			throw RefusedBodyException.malformedForm();
		}
		return new MultipartForm(body, charset, folder).read(new PartScanner(body.open(), boundary));
	}

	private List<ReadPart> read(PartScanner scanner) throws IOException {
		List<ReadPart> parts = new ArrayList<>();
		scanner.toDelimiter();
		for (int count = 1; !scanner.isAtEnd(); count++) {
			if (count > MAX_PARTS) {
				throw new RefusedBodyException(Reason.TOO_LARGE,
						"A signed form may have up to " + MAX_PARTS + " parts.");
			}
			Map<String, List<String>> headers = headers(new String(scanner.head(), this.charset));
			long from = scanner.position();
			long to = scanner.toDelimiter();
			add(parts, headers, from, to);
		}
		return List.copyOf(parts);
	}

	private void add(List<ReadPart> parts, Map<String, List<String>> headers, long from, long to) {
		Map<String, String> disposition = HeaderParameters
			.of(headers.getOrDefault("Content-Disposition", List.of("")).get(0));
		String name = disposition.get("name");
		if (name != null) {
			parts.add(new ReadPart(name, disposition.get("filename"), headers,
					new ReadPart.Content(this.body, from, to - from), this.folder));
		}
	}

	private static Map<String, List<String>> headers(String head) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line : head.split("\r\n", -1)) {
			String[] header = line.split(":", 2);
			if (header.length == 2) {
				headers.computeIfAbsent(header[0].strip(), (name) -> new ArrayList<>()).add(header[1].strip());
			}
		}
		return headers;
	}

	/**
	 * Return the parts that are no files, which are parameters.
	 * @throws RefusedBodyException if they are too long
	 */
	static Map<String, List<String>> fields(List<ReadPart> parts, Charset charset) throws IOException {
		Map<String, List<String>> fields = new LinkedHashMap<>();
		List<ReadPart> texts = parts.stream().filter((part) -> part.getSubmittedFileName() == null).toList();
		UrlEncodedForm.requireShort(texts.stream().mapToLong(Part::getSize).sum());
		for (ReadPart part : texts) {
			fields.computeIfAbsent(part.getName(), (name) -> new ArrayList<>()).add(part.text(charset));
		}
		return fields;
	}

}
