using Paddock.Core.Alerts;

namespace Paddock.Core.Notifications;

/// <summary>An alert as receivers hear of it, people by their names.</summary>
/// <param name="Key">The same from its beginning to its end, and of no other alert.</param>
/// <param name="Subject">Empty = all there is.</param>
/// <param name="Says">One sentence: why.</param>
public sealed record NotifiedAlert(string Key, string Rule, string Subject, AlertSeverity Severity, DateTimeOffset BeganAt, string Says);
