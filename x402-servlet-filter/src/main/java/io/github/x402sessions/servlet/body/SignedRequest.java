package io.github.x402sessions.servlet.body;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.body.StoredBody;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * A request with a {@link SignedBody}. The container has no body any more to read a form
 * from, so its parameters and parts are read here, and added to those of the query.
 */
final class SignedRequest extends HttpServletRequestWrapper {

	private final SignedBody body;

	private final BodyAccess access;

	/** The query of a request that is forwarded comes before it. */
	private final @Nullable String receivedQuery;

	private @Nullable String encoding;

	private @Nullable Map<String, List<String>> form;

	private @Nullable List<ReadPart> parts;

	SignedRequest(HttpServletRequest request, SignedBody body) {
		super(request);
		this.body = body;
		this.receivedQuery = request.getQueryString();
		this.access = new BodyAccess(this, () -> new SignedInput(request, body.stored().open()));
	}

	SignedBody body() {
		return this.body;
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return this.body.isForgone() ? super.getInputStream() : this.access.stream();
	}

	@Override
	public BufferedReader getReader() throws IOException {
		return this.body.isForgone() ? super.getReader() : this.access.reader();
	}

	/** Containers take no other encoding once somebody has asked for the body. */
	@Override
	@SuppressWarnings("PreferCharsetOverload")
	public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
		super.setCharacterEncoding(encoding);
		this.encoding = encoding;
	}

	@Override
	public void setCharacterEncoding(Charset encoding) {
		try {
			setCharacterEncoding(encoding.name());
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalArgumentException("every charset has a name", ex);
		}
	}

	@Override
	public @Nullable String getCharacterEncoding() {
		return (this.encoding != null) ? this.encoding : super.getCharacterEncoding();
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = getParameterValues(name);
		return (values != null) ? values[0] : null;
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(getParameterMap().keySet());
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		return getParameterMap().get(name);
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		if (this.body.isForgone() || !FormType.isForm(getContentType())) {
			return super.getParameterMap();
		}
		Map<String, List<String>> form = form();
		Map<String, String[]> merged = query();
		form.forEach((name, values) -> merged.merge(name, values.toArray(String[]::new), SignedRequest::join));
		UrlEncodedForm.requireFew(merged.values().stream().mapToInt((values) -> values.length).sum());
		return Collections.unmodifiableMap(merged);
	}

	/** Jetty would look for the form that is no longer there. */
	private Map<String, String[]> query() {
		Map<String, String[]> all = new LinkedHashMap<>();
		Stream.of(getQueryString(), this.receivedQuery)
			.filter(Objects::nonNull)
			.distinct()
			.map((query) -> UrlEncodedForm.read(query.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
			.forEach((query) -> query
				.forEach((name, values) -> all.merge(name, values.toArray(String[]::new), SignedRequest::join)));
		return all;
	}

	private static String[] join(String[] first, String[] second) {
		return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
	}

	private Map<String, List<String>> form() {
		Map<String, List<String>> form = this.form;
		if (form == null) {
			form = readForm();
			this.form = form;
		}
		return form;
	}

	private Map<String, List<String>> readForm() {
		StoredBody stored = this.body.stored();
		try {
			if (FormType.isMultipart(getContentType())) {
				return MultipartForm.fields(parts(), formCharset());
			}
			if (!"POST".equals(getMethod()) && !isOnJetty()) {
				return Map.of();
			}
			UrlEncodedForm.requireShort(stored.length());
			return UrlEncodedForm.read(stored.open().readAllBytes(), formCharset());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Collection<Part> getParts() throws IOException, ServletException {
		if (this.body.isForgone()) {
			return super.getParts();
		}
		if (!FormType.isMultipart(getContentType())) {
			throw new ServletException("the request is not of the type multipart/form-data");
		}
		return List.copyOf(parts());
	}

	@Override
	public @Nullable Part getPart(String name) throws IOException, ServletException {
		return getParts().stream().filter((part) -> part.getName().equals(name)).findFirst().orElse(null);
	}

	private List<ReadPart> parts() throws IOException {
		List<ReadPart> parts = this.parts;
		if (parts == null) {
			parts = MultipartForm.read(this.body.stored(), String.valueOf(getContentType()), formCharset(), folder());
			this.parts = parts;
		}
		return parts;
	}

	private @Nullable File folder() {
		return (getServletContext().getAttribute(ServletContext.TEMPDIR) instanceof File folder) ? folder : null;
	}

	/** What the container would read a form in. */
	private Charset formCharset() {
		String named = getCharacterEncoding();
		if (named == null) {
			return isOnJetty() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
		}
		try {
			return Charset.forName(named);
		}
		catch (IllegalArgumentException ex) {
			throw RefusedBodyException.malformedForm();
		}
	}

	/** It reads forms of all methods, where others read those that are posted. */
	private boolean isOnJetty() {
		return String.valueOf(getServletContext().getServerInfo()).toLowerCase(Locale.ROOT).contains("jetty");
	}

}
