/** Why the kernel could not do what it was started for; the message is all that a person needs. */
export class KernelError extends Error {
  override name = "KernelError";
}

/** The connection file is not there, or does not say what it must. */
export class ConnectionFileError extends KernelError {
  override name = "ConnectionFileError";
}

/** Another program listens on a port that was given to the kernel. */
export class PortTakenError extends KernelError {
  override name = "PortTakenError";
}

/** The Deno kernel inside did not start. */
export class InnerKernelError extends KernelError {
  override name = "InnerKernelError";
}

/** The kernel behind ended before it was ready: its ports were taken, it may be, between their choice and its start. */
export class EndedEarlyError extends InnerKernelError {
  override name = "EndedEarlyError";
}

/** Some bytes came that are no message of Jupyter's protocol, or one whose signature is wrong. */
export class MessageError extends KernelError {
  override name = "MessageError";
}

/** Somebody connected who does not speak the protocol of ZeroMQ. */
export class WireError extends KernelError {
  override name = "WireError";
}
