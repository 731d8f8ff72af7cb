namespace Paddock.Settings;

/// <summary>The process cannot start as it was told to; the message names every setting at fault and the remedy.</summary>
internal sealed class SettingsException : Exception
{
    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(IReadOnlyList<SettingFault> faults)
        : base(string.Join(Environment.NewLine, faults))
    {
    }
}
