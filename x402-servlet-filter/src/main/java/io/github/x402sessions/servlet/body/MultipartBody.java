package io.github.x402sessions.servlet.body;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a body of the type {@code multipart/form-data} (RFC 7578) that is in
 * memory.
 */
final class MultipartBody {

	private static final Pattern PARAMETER = Pattern
		.compile(";\\s*([^\\s=;]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^;]*)");

	private static final String HEAD_END = "\r\n\r\n";

	private MultipartBody() {
	}

	/**
	 * Read the parts.
	 * @param charset what names are in
	 * @param folder where parts are written to; {@code null} for where the process runs
	 * @throws IllegalStateException if the body is malformed
	 */
	static List<Part> read(byte[] body, String contentType, Charset charset, @Nullable File folder) {
		String boundary = parameters(contentType).get("boundary");
		if (boundary == null || boundary.isEmpty()) {
			throw malformed();
		}
		// One character for each byte, so that places are the same in both.
		String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
		String delimiter = "\r\n--" + boundary;
		List<Part> parts = new ArrayList<>();
		int at = text.indexOf(delimiter);
		while (at >= 0) {
			int start = at + delimiter.length();
			if (text.startsWith("--", start)) {
				return List.copyOf(parts);
			}
			int lineEnd = text.indexOf("\r\n", start);
			int next = text.indexOf(delimiter, start);
			if (lineEnd < 0 || next < 0 || !text.substring(start, lineEnd).isBlank()) {
				throw malformed();
			}
			parts.add(part(text.substring(lineEnd, next), charset, folder));
			at = next;
		}
		throw malformed();
	}

	/** A part from the line's end before its head to its last byte. */
	private static Part part(String text, Charset charset, @Nullable File folder) {
		int end = text.indexOf(HEAD_END);
		if (end < 0) {
			throw malformed();
		}
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		String head = new String(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1), charset);
		for (String line : head.split("\r\n")) {
			String[] header = line.split(":", 2);
			if (header.length == 2) {
				headers.computeIfAbsent(header[0].strip(), (name) -> new ArrayList<>()).add(header[1].strip());
			}
		}
		Map<String, String> disposition = Optional.ofNullable(headers.get("Content-Disposition"))
			.map((values) -> parameters(values.get(0)))
			.orElseThrow(MultipartBody::malformed);
		String name = Optional.ofNullable(disposition.get("name")).orElseThrow(MultipartBody::malformed);
		return new ReadPart(name, disposition.get("filename"), headers,
				text.substring(end + HEAD_END.length()).getBytes(StandardCharsets.ISO_8859_1), folder);
	}

	private static Map<String, String> parameters(String header) {
		Map<String, String> parameters = new LinkedHashMap<>();
		Matcher matcher = PARAMETER.matcher(header);
		while (matcher.find()) {
			parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), unquoted(matcher.group(2).strip()));
		}
		return parameters;
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\([\"\\\\])", "$1") : value;
	}

	/** The parts that are no files, which are parameters. */
	static Map<String, List<String>> fields(List<Part> parts, Charset charset) {
		Map<String, List<String>> fields = new LinkedHashMap<>();
		for (Part part : parts) {
			if (part.getSubmittedFileName() == null && part instanceof ReadPart read) {
				fields.computeIfAbsent(part.getName(), (name) -> new ArrayList<>()).add(read.text(charset));
			}
		}
		return fields;
	}

	private static IllegalStateException malformed() {
		return new IllegalStateException("the form of the request is malformed");
	}

}
