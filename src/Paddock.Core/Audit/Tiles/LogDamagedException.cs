namespace Paddock.Core.Audit.Tiles;

/// <summary>A log is not what it says of itself, or not what it said before.</summary>
/// <param name="message">What does not go together, in plain words.</param>
public sealed class LogDamagedException(string message) : Exception(message);
