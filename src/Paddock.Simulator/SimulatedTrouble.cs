namespace Paddock.Simulator;

/// <summary>What a simulated provider suffers from, whatever a request's own script says.</summary>
public enum SimulatedTrouble
{
    None,

    /// <summary>It answers 503.</summary>
    Unavailable,

    /// <summary>It refuses every credential, 401.</summary>
    CredentialRefused,

    /// <summary>Its answers are 200 and no JSON.</summary>
    Unreadable,

    /// <summary>It answers 429 to all but the first few calls between two resets.</summary>
    Limited,
}
