package io.github.x402sessions.facilitator.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The one who changes something.
 *
 * @param who the name, such as {@code operator:alice} or {@code cli:root}
 * @param origin from where: an address, or the name of a machine
 */
public record Actor(String who, String origin) {

	/**
	 * Return an operator who has shown a credential.
	 * @param name the name that the configuration has for it
	 * @param address the address of the request
	 */
	public static Actor operator(String name, String address) {
		return new Actor("operator:" + name, address);
	}

	/** Return whoever runs a command on this machine. */
	public static Actor commandLine() {
		return new Actor("cli:" + System.getProperty("user.name", "unknown"), machine());
	}

	private static String machine() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

}
