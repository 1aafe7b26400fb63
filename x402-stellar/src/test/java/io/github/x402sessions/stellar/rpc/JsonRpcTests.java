package io.github.x402sessions.stellar.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonRpcTests {

	@Test
	void failureNamesTheServerAndNothingThatMayBeAKey() {
		int port = freePort();
		JsonRpc rpc = new JsonRpc(URI.create("http://user:word@127.0.0.1:" + port + "/key?token=key"),
				Duration.ofSeconds(5));
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> rpc.call("getHealth", null))
			.withMessage("RPC server 127.0.0.1:" + port + " gave no answer: ConnectException (getHealth)");
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
