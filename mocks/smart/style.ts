/**
 * `smart_style_url` (SMART 2.2 §3.0.10): how the sandbox EHR looks, for apps that want to
 * fit in. It names no background: the EHR page follows the reader's system, light or dark.
 */
export function smartStyle(): Response {
  return Response.json({
    color_error: '#b3261e',
    color_highlight: '#1d5fa6',
    color_modal_backdrop: '#00000080',
    color_success: '#1b7f4d',
    dim_border_radius: '4px',
    dim_font_size: '14px',
    dim_spacing_size: '12px',
    font_family_body: 'system-ui, sans-serif',
    font_family_heading: 'system-ui, sans-serif',
  });
}
