namespace Paddock.Web.Kit;

/// <summary>What a colour says. A word beside it always says the same.</summary>
public enum Tone
{
    Plain,
    Good,
    Warn,
    Bad,
}
