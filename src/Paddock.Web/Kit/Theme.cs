namespace Paddock.Web.Kit;

/// <summary>Light or dark; <see cref="System"/> leaves it to the browser.</summary>
internal enum Theme
{
    System,
    Light,
    Dark,
}
