namespace Paddock.Settings;

/// <summary>The process cannot start as it was told to; the message names the setting and the remedy.</summary>
internal sealed class SettingsException(string message) : Exception(message);
