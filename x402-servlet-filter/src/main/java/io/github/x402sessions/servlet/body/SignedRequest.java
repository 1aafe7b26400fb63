package io.github.x402sessions.servlet.body;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
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

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read before its handler. The container has no body any more to
 * read a form from, so its parameters and parts are read here, and added to those of the
 * query.
 */
final class SignedRequest extends HttpServletRequestWrapper {

	private final SignedBody body;

	private final BodyAccess access;

	/** The query of a request that is forwarded comes before it. */
	private final @Nullable String receivedQuery;

	private @Nullable String encoding;

	private @Nullable Map<String, List<String>> form;

	private @Nullable List<Part> parts;

	SignedRequest(HttpServletRequest request, SignedBody body) {
		super(request);
		this.body = body;
		this.receivedQuery = request.getQueryString();
		this.access = new BodyAccess(this, body::input);
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return this.access.stream();
	}

	@Override
	public BufferedReader getReader() throws IOException {
		return this.access.reader();
	}

	/** Containers take no other encoding once somebody has asked for the body. */
	@Override
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
		Map<String, List<String>> form = form();
		Map<String, String[]> all = FormType.isMultipart(getContentType()) ? query() : super.getParameterMap();
		if (form.isEmpty()) {
			return all;
		}
		Map<String, String[]> merged = new LinkedHashMap<>(all);
		form.forEach((name, values) -> merged.merge(name, values.toArray(String[]::new), SignedRequest::join));
		return Collections.unmodifiableMap(merged);
	}

	/** Jetty would look for the parts that are no longer there. */
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
		if (FormType.isMultipart(getContentType())) {
			return MultipartBody.fields(parts(), formCharset());
		}
		return (FormType.isUrlEncoded(getContentType()) && "POST".equals(getMethod()))
				? UrlEncodedForm.read(this.body.bytes(), formCharset()) : Map.of();
	}

	@Override
	public Collection<Part> getParts() throws IOException, ServletException {
		if (!FormType.isMultipart(getContentType())) {
			throw new ServletException("the request is not of the type multipart/form-data");
		}
		return parts();
	}

	@Override
	public @Nullable Part getPart(String name) throws IOException, ServletException {
		return getParts().stream().filter((part) -> part.getName().equals(name)).findFirst().orElse(null);
	}

	private List<Part> parts() {
		List<Part> parts = this.parts;
		if (parts == null) {
			parts = MultipartBody.read(this.body.bytes(), String.valueOf(getContentType()), formCharset(), folder());
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
		if (named != null) {
			return Charset.forName(named);
		}
		String server = String.valueOf(getServletContext().getServerInfo());
		return server.toLowerCase(Locale.ROOT).contains("jetty") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
	}

}
