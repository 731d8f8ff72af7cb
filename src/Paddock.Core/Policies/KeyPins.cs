namespace Paddock.Core.Policies;

/// <summary>What the caller's key itself says, so that it is verified instead of merely asserted by a header or body.</summary>
[Flags]
public enum KeyPins
{
    None = 0,
    Agent = 1,
    Mode = 2,
    Repository = 4,
    All = Agent | Mode | Repository,
}
