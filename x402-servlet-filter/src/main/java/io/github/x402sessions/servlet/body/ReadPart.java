package io.github.x402sessions.servlet.body;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.body.StoredBody;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * A part of a form, which is a part of its request's body.
 */
final class ReadPart implements Part {

	private final String name;

	private final @Nullable String fileName;

	private final Map<String, List<String>> headers;

	private final Content content;

	private final @Nullable File folder;

	/**
	 * Create a part.
	 * @param name the field
	 * @param fileName the file's name at the client; {@code null} if it is no file
	 * @param headers the headers, whose names know no case
	 * @param content where what it holds is
	 * @param folder where files are written to; {@code null} for where the process runs
	 */
	ReadPart(String name, @Nullable String fileName, Map<String, List<String>> headers, Content content,
			@Nullable File folder) {
		this.name = name;
		this.fileName = fileName;
		this.headers = headers;
		this.content = content;
		this.folder = folder;
	}

	String text(Charset charset) throws IOException {
		return new String(getInputStream().readAllBytes(), charset);
	}

	@Override
	public InputStream getInputStream() {
		return this.content.body().open(this.content.from(), this.content.length());
	}

	@Override
	public @Nullable String getContentType() {
		return getHeader("Content-Type");
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public @Nullable String getSubmittedFileName() {
		return this.fileName;
	}

	@Override
	public long getSize() {
		return this.content.length();
	}

	/** A name without a folder is one of the application's folder for such files. */
	@Override
	public void write(String fileName) throws IOException {
		try (InputStream content = getInputStream()) {
			Files.copy(content, (this.folder != null) ? this.folder.toPath().resolve(fileName) : Path.of(fileName),
					StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** There is no file of its own to delete. */
	@Override
	public void delete() {
	}

	@Override
	public @Nullable String getHeader(String name) {
		return getHeaders(name).stream().findFirst().orElse(null);
	}

	@Override
	public Collection<String> getHeaders(String name) {
		return this.headers.getOrDefault(name, List.of());
	}

	@Override
	public Collection<String> getHeaderNames() {
		return this.headers.keySet();
	}

	/**
	 * The place of a part's content.
	 *
	 * @param body the body that has it
	 * @param from where it begins, bytes
	 * @param length how long it is, bytes
	 */
	record Content(StoredBody body, long from, long length) {

	}

}
