package io.github.x402sessions.test;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.PaymentHeader;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.DelegatingServletInputStream;

/**
 * A request of a test with the payment that was made for it, or without one; nothing of
 * the test's own word for it is to be seen.
 */
class PayingTestRequest extends HttpServletRequestWrapper {

	private static final List<String> HIDDEN = List.of(PaymentScript.HEADER, PaymentHeader.SIGNATURE,
			PaymentHeader.LEGACY_SIGNATURE);

	private final @Nullable String payment;

	PayingTestRequest(HttpServletRequest request, @Nullable String payment) {
		super(request);
		this.payment = payment;
	}

	/** Without payment and body: the price depends on neither. */
	static HttpServletRequest bodiless(HttpServletRequest request) {
		return new PayingTestRequest(request, null) {

			@Override
			public ServletInputStream getInputStream() {
				return new DelegatingServletInputStream(InputStream.nullInputStream());
			}

			@Override
			public BufferedReader getReader() {
				return new BufferedReader(Reader.nullReader());
			}

		};
	}

	private static boolean isHidden(String name) {
		return HIDDEN.stream().anyMatch(name::equalsIgnoreCase);
	}

	@Override
	public @Nullable String getHeader(String name) {
		if (name.equalsIgnoreCase(PaymentHeader.SIGNATURE)) {
			return this.payment;
		}
		return isHidden(name) ? null : super.getHeader(name);
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		String value = getHeader(name);
		if (!isHidden(name)) {
			return super.getHeaders(name);
		}
		return (value != null) ? Collections.enumeration(List.of(value)) : Collections.emptyEnumeration();
	}

	@Override
	public Enumeration<String> getHeaderNames() {
		Stream<String> others = Collections.list(super.getHeaderNames()).stream().filter((name) -> !isHidden(name));
		return Collections.enumeration(
				((this.payment != null) ? Stream.concat(others, Stream.of(PaymentHeader.SIGNATURE)) : others).toList());
	}

}
