package io.github.x402sessions.spring.free;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.spring.FreeCaller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Names a caller by his login, or else by the address that the container sees, with or
 * without a port. Of an address of IPv6 the network counts, 64 bits of it: whoever has
 * one has all of its addresses. Those of 48 bits are groups, because many have one of
 * these.
 */
final class PrincipalOrAddress implements FreeCaller {

	private static final Pattern IPV4 = Pattern
		.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!:|$)|(?=:|$))){4}(:\\d{1,5})?");

	private static final Pattern IPV6 = Pattern
		.compile("(?<plain>[0-9a-fA-F:.]{2,45})(%\\S*)?|\\[(?<inner>[0-9a-fA-F:.]{2,45})(%\\S*)?](:\\d{1,5})?");

	private static final int NETWORK_BYTES = 8;

	private static final int GROUP_BYTES = 6;

	@Override
	public Optional<String> name(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		if (principal != null) {
			String name = principal.getName();
			return (name != null && !name.isBlank()) ? Optional.of("login " + name) : Optional.empty();
		}
		return address(request).map((address) -> "address "
				+ ((address instanceof Inet6Address) ? first(address, NETWORK_BYTES) : address.getHostAddress()));
	}

	@Override
	public Optional<String> group(HttpServletRequest request) {
		return (request.getUserPrincipal() != null) ? Optional.empty()
				: address(request).filter(Inet6Address.class::isInstance)
					.map((address) -> "network " + first(address, GROUP_BYTES));
	}

	private static String first(InetAddress address, int bytes) {
		return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), bytes));
	}

	/** What is no address is not looked at, for Java would look it up as a name. */
	private static Optional<InetAddress> address(HttpServletRequest request) {
		String text = request.getRemoteAddr();
		if (text == null) {
			return Optional.empty();
		}
		if (IPV4.matcher(text).matches()) {
			return read(text.replaceFirst(":.*", ""));
		}
		Matcher address = IPV6.matcher(text);
		if (!address.matches()) {
			return Optional.empty();
		}
		String found = (address.group("plain") != null) ? address.group("plain") : address.group("inner");
		// With two colons and these letters it is no name.
		return (found.indexOf(':') != found.lastIndexOf(':')) ? read(found) : Optional.empty();
	}

	private static Optional<InetAddress> read(String address) {
		try {
			return Optional.of(InetAddress.getByName(address));
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

}
