namespace Paddock.Core.Audit.Tiles;

/// <summary>Log checkpoints cannot be signed now. Entries gather meanwhile.</summary>
/// <param name="message">Why, in plain words; never a key.</param>
public sealed class SignerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
