package io.github.x402sessions.facilitator.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.hash.Sha256;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.springframework.web.servlet.function.RequestPredicates.path;

/**
 * The page that shows a recipient its books, for whoever has its key. It is the same for
 * everybody and holds nothing: its script asks {@code GET /settlements} with the key that
 * is typed in. It loads nothing from elsewhere, and its policy lets it talk to this
 * facilitator only. Thread-safe.
 *
 * @param files what it is made of, by its path
 */
record BooksPage(Map<String, File> files) {

	private static final String FOLDER = "x402/facilitator/books/";

	private static final String DOCUMENT = "books.html";

	private static final List<String> SCRIPTS = List.of("books.js", "calls.js", "elements.js", "money.js", "pages.js",
			"plot.js");

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
			+ "require-trusted-types-for 'script'; trusted-types 'none'";

	static BooksPage load() {
		Map<String, File> files = new LinkedHashMap<>();
		files.put("/books", File.read(DOCUMENT, "text/html;charset=UTF-8"));
		files.put("/books/books.css", File.read("books.css", "text/css;charset=UTF-8"));
		SCRIPTS.forEach((script) -> files.put("/books/" + script, File.read(script, "text/javascript;charset=UTF-8")));
		return new BooksPage(files);
	}

	RouterFunction<ServerResponse> routes() {
		RouterFunctions.Builder routes = RouterFunctions.route();
		this.files.forEach((path, file) -> routes.GET(path, file::answer)
			.route(path(path), (request) -> ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED).build()));
		return routes.build();
	}

	/**
	 * One of its files.
	 *
	 * @param type its type
	 * @param content its bytes
	 * @param tag changes with them
	 */
	@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
	private record File(MediaType type, byte[] content, String tag) {

		static File read(String name, String type) {
			try {
				byte[] content = new ClassPathResource(FOLDER + name).getContentAsByteArray();
				return new File(MediaType.parseMediaType(type), content,
						"\"" + Sha256.hex(new String(content, StandardCharsets.UTF_8)) + "\"");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		ServerResponse answer(ServerRequest request) {
			return request.checkNotModified(this.tag)
				.orElseGet(() -> ServerResponse.ok()
					.contentType(this.type)
					.cacheControl(CacheControl.noCache())
					.eTag(this.tag)
					.header("Content-Security-Policy", POLICY)
					.header("Referrer-Policy", "no-referrer")
					.header("X-Content-Type-Options", "nosniff")
					.header("Cross-Origin-Opener-Policy", "same-origin")
					.header("Cross-Origin-Resource-Policy", "same-origin")
					.header(HttpHeaders.CONTENT_LENGTH, Integer.toString(this.content.length))
					.body(this.content));
		}

	}

}
